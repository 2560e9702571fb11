import BackupDomain

extension KindRule {
    /// What lies in an instance.
    ///
    /// What the lists of 2024-05-01 hold besides is not read: statistics and states (reports, regions, network status, quotas), what
    /// developers wrote (issues, their comments and attachments), the developer portal (content, revisions, settings, templates of
    /// mail, recipients of notifications), the same things told from another side (`tags/apiLinks`, `groups/users`), and host
    /// names and certificates of self-hosted gateways.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/apimanagement/operation-groups>, API version 2024-05-01.
    static let all: [KindRule] =
        Self.shared(
            inAPIs: [
                KindRule(collection: "tagDescriptions", noun: "description of a tag", level: .everything, edition: 2),
                Self.wikis,
                KindRule(
                    collection: "resolvers",
                    noun: "resolver",
                    level: .full,
                    edition: 2,
                    onlyIn: "graphql",
                    below: [KindRule(collection: "policies", noun: "policy", level: .full, shape: .policy, edition: 2)]
                ),
            ],
            inProducts: [Self.link("apis", "API"), Self.link("groups", "group"), Self.wikis]
        ) + [
            KindRule(collection: "gateways", noun: "gateway", below: [Self.link("apis", "API", .full)]),
            KindRule(collection: "caches", noun: "cache"),
            KindRule(collection: "identityProviders", noun: "identity provider"),
            KindRule(collection: "authorizationServers", noun: "authorization server"),
            KindRule(collection: "openidConnectProviders", noun: "OpenID Connect provider"),
            KindRule(
                collection: "authorizationProviders",
                noun: "authorization provider",
                edition: 2,
                below: [KindRule(collection: "authorizations", noun: "authorization", level: .full, edition: 2)]
            ),
            KindRule(collection: "documentations", noun: "documentation", edition: 2),
            KindRule(collection: "policyRestrictions", noun: "policy restriction", edition: 2),
            KindRule(collection: "users", noun: "user", shape: .person),
            KindRule(collection: "tagResources", noun: "use of a tag", shape: .tagUse),
            KindRule(
                collection: "workspaces",
                noun: "workspace",
                below: Self.shared(
                    inAPIs: [],
                    inProducts: [
                        KindRule(collection: "apiLinks", noun: "API link"),
                        KindRule(collection: "groupLinks", noun: "group link"),
                    ]
                )
            ),
        ]

    /// What lies in an instance, and in a workspace too.
    ///
    /// - Parameters:
    ///   - inAPIs: What lies in an API of one of the two only.
    ///   - inProducts: How a product says what belongs to it, which differs between the two.
    /// - Returns: The rules.
    private static func shared(inAPIs: [KindRule], inProducts: [KindRule]) -> [KindRule] {
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
                    KindRule(
                        collection: "schemas",
                        noun: "schema",
                        level: .everything,
                        shape: .definition,
                        edition: 2
                    ), KindRule(collection: "diagnostics", noun: "diagnostic", level: .everything, edition: 2),
                    // Read with all other uses of tags.
                    Self.link("tags", "tag", .off),
                ] + inAPIs
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
            KindRule(collection: "certificates", noun: "certificate"),
            KindRule(collection: "schemas", noun: "schema", shape: .definition),
        ]
    }

    private static let wikis = KindRule(collection: "wikis", noun: "wiki", level: .everything, edition: 2)

    private static func policy(_ level: InventoryLevel = .names) -> KindRule {
        KindRule(collection: "policies", noun: "policy", level: level, shape: .policy)
    }

    /// A list that says what belongs to what; at level off it is not read by itself.
    private static func link(_ collection: String, _ noun: String, _ level: InventoryLevel = .names) -> KindRule {
        KindRule(collection: collection, noun: noun, level: level, shape: .link)
    }
}
