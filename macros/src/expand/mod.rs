//! The model, as code. The expansion is small; what it does is in the runtime, which it calls.
//!
//! ```text
//! #[security(scopes = ["items"])]                        fn read_items(user: PlacedDepends<get_user, …>) -> Of<read_items, …> { … }
//! async fn read_items(                                   struct read_items {}
//!     Depends(user): Depends<get_user>,            →     impl Secured for read_items { const DEPENDENCY_TREE = …; … }
//! ) { … }                                                impl Signature for read_items { type Args = …; }
//!                                                        const _: () = parameter(<read_items as Secured>::DEPENDENCY_TREE, 0, true);
//!                                                        const _: () = own_scope(<read_items as Secured>::DEPENDENCY_TREE, 0);
//! ```
//!
//! A function that others may depend on implements `Returns` and `Function` instead. These also say how it is called.
//!
//! A file uses only those before it: `marker`, `path`, `node`, `call`, `facts`, `document`, `credential`, `mark`, `function`,
//! `checks`, `inert`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Model;

mod call;
mod checks;
mod credential;
mod document;
mod facts;
mod function;
mod inert;
pub(crate) mod mark;
mod marker;
mod node;
mod path;

/// `sound` is whether the report is empty.
pub(crate) fn expand(model: &Model, sound: bool) -> TokenStream {
    if !sound {
        return inert::inert(model);
    }
    let marker = marker::marker_item(model);
    let facts = facts::facts(model);
    let (checks, inner_checks) = checks::checks(model);
    let credential = credential::required(model);
    let function = function::function(model, &quote!(#inner_checks #credential));
    let document = document::beside(model);
    quote! {
        #function
        #marker
        #facts
        #checks
        #document
    }
}
