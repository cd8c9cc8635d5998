//! The model as code: little is generated, and all of it calls the runtime.
//!
//! ```text
//! #[security(scopes = ["items"])]                        async fn read_items(Depends(user): Depends<get_user, Via<read_items, Start>>) { … }
//! async fn read_items(                                   struct read_items {}
//!     Depends(user): Depends<get_user>,            →     impl Secured for read_items { const DEPENDENCY_TREE = …; … }
//! ) { … }                                                impl Signature for read_items { type Args = …; fn tie(…) { … } }
//!                                                        const _: () = parameter(<read_items as Secured>::DEPENDENCY_TREE, 0, true);
//!                                                        const _: () = own_scope(<read_items as Secured>::DEPENDENCY_TREE, 0);
//! ```
//!
//! A function that others may depend on has `Returns` and `Function` in place of the two impls, with how it is called.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Model;

mod checks;
mod credential;
mod document;
mod facts;
mod function;
mod marker;
mod node;
mod path;

/// `sound` is whether the function has no mistake: with one, everything is there, but nothing is concluded from it.
pub(crate) fn expand(model: &Model, sound: bool) -> TokenStream {
    if model.is_method() {
        return function::function(model, sound, &TokenStream::new());
    }
    let marker = marker::marker(model);
    let facts = facts::facts(model, sound);
    let (checks, inner_checks) = if sound { checks::checks(model) } else { Default::default() };
    let credential = credential::required(model, sound);
    let function = function::function(model, sound, &quote!(#inner_checks #credential));
    let document = if sound { document::beside(model) } else { TokenStream::new() };
    quote! {
        #function
        #marker
        #facts
        #checks
        #document
    }
}
