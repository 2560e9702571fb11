import BackupDomain

extension KindRule {
    /// What lies in an instance.
    ///
    /// What an API's own schemas, diagnostics and resolvers are is not read: a call for each API and list more, for what
    /// changes with the API's definition.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/apimanagement/operation-groups>, API version 2024-05-01.
    static let all: [KindRule] =
        Self.shared(inProducts: [Self.link("apis", "API"), Self.link("groups", "group")]) + [
            KindRule(collection: "gateways", noun: "gateway", below: [Self.link("apis", "API", .full)]),
            KindRule(collection: "caches", noun: "cache"),
            KindRule(collection: "identityProviders", noun: "identity provider"),
            KindRule(collection: "authorizationServers", noun: "authorization server"),
            KindRule(collection: "openidConnectProviders", noun: "OpenID Connect provider"),
            KindRule(collection: "users", noun: "user", shape: .person),
            KindRule(collection: "tagResources", noun: "use of a tag", shape: .tagUse),
            KindRule(
                collection: "workspaces",
                noun: "workspace",
                below: Self.shared(inProducts: [
                    KindRule(collection: "apiLinks", noun: "API link"),
                    KindRule(collection: "groupLinks", noun: "group link"),
                ])
            ),
        ]

    /// What lies in an instance, and in a workspace too.
    ///
    /// - Parameter inProducts: How a product says what belongs to it, which differs between the two.
    /// - Returns: The rules.
    private static func shared(inProducts: [KindRule]) -> [KindRule] {
        [
            KindRule(
                collection: "apis",
                noun: "API",
                below: [
                    KindRule(
                        collection: "operations",
                        noun: "operation",
                        below: [Self.policy(.full), Self.link("tags", "tag", .off)]
                    ), Self.policy(),
                    KindRule(collection: "releases", noun: "release", level: .full),
                    // Read with all other uses of tags.
                    Self.link("tags", "tag", .off),
                ]
            ), KindRule(collection: "apiVersionSets", noun: "version set"),
            KindRule(
                collection: "products",
                noun: "product",
                below: inProducts + [Self.policy(), Self.link("tags", "tag", .off)]
            ), KindRule(collection: "namedValues", noun: "named value"),
            KindRule(collection: "backends", noun: "backend"),
            Self.policy(), KindRule(collection: "policyFragments", noun: "policy fragment", shape: .policy),
            KindRule(collection: "subscriptions", noun: "subscription"), KindRule(collection: "groups", noun: "group"),
            KindRule(collection: "tags", noun: "tag"), KindRule(collection: "loggers", noun: "logger"),
            KindRule(collection: "diagnostics", noun: "diagnostic"),
            KindRule(collection: "certificates", noun: "certificate"), KindRule(collection: "schemas", noun: "schema"),
        ]
    }

    private static func policy(_ level: InventoryLevel = .names) -> KindRule {
        KindRule(collection: "policies", noun: "policy", level: level, shape: .policy)
    }

    /// A list that says what belongs to what; at level off it is not read by itself.
    private static func link(_ collection: String, _ noun: String, _ level: InventoryLevel = .names) -> KindRule {
        KindRule(collection: collection, noun: noun, level: level, shape: .link)
    }
}
