// The message stays readable if the scheme declares many scopes.

use axum_scopes_tests::prelude::*;

struct Shop;

impl OAuth2Scheme for Shop {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[
        ("https://shop.example/auth/items.read.and.nothing.else.whatever.comes.in.the.way.of.it", ""),
        ("https://shop.example/auth/items.write.and.nothing.else.whatever.comes.in.the.way.of.it", ""),
        ("https://shop.example/auth/orders.read.and.nothing.else.whatever.comes.in.the.way.of.it", ""),
        ("https://shop.example/auth/orders.write.and.nothing.else.whatever.comes.in.the.way.of.it", ""),
        ("https://shop.example/auth/users.read.and.nothing.else.whatever.comes.in.the.way.of.it", ""),
        ("https://shop.example/auth/users.write.and.nothing.else.whatever.comes.in.the.way.of.it", ""),
        ("https://shop.example/auth/bills.read.and.nothing.else.whatever.comes.in.the.way.of.it", ""),
        ("https://shop.example/auth/bills.write.and.nothing.else.whatever.comes.in.the.way.of.it", ""),
        ("https://shop.example/auth/stock.read.and.nothing.else.whatever.comes.in.the.way.of.it", ""),
        ("https://shop.example/auth/stock.write.and.nothing.else.whatever.comes.in.the.way.of.it", ""),
    ];
}

#[security]
async fn find_user(required: SecurityScopes, _: Bearer<Shop>) -> Result<(), AuthError> {
    required.check(&Scopes::new())
}

#[security(scopes = ["admin"])]
async fn read_items(_: Depends<find_user>) {}

fn main() {}
