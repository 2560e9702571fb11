extension ContentKind {
    /// What lies in an instance.
    static let all: [ContentKind] =
        Self.shared(
            inAPIs: [ContentKind(collection: "tagDescriptions"), Self.wikis],
            inProducts: [Self.link("apis"), Self.link("groups"), Self.wikis]
        ) + [
            ContentKind(
                collection: "gateways",
                missingIn: Self.allBut([.developer, .premium, .isolated]),
                children: [Self.link("apis"), ContentKind(collection: "hostnameConfigurations")]
            ),
            ContentKind(
                collection: "caches",
                required: ["connectionString", "useFromLocation"],
                // Shown as a reference to a named value.
                hidden: ["connectionString"]
            ),
            ContentKind(
                collection: "identityProviders",
                required: ["clientId", "clientSecret"],
                hidden: ["clientSecret"],
                secretsAction: "listSecrets",
                missingIn: [.consumption]
            ),
            ContentKind(
                collection: "authorizationServers",
                required: ["displayName", "authorizationEndpoint", "clientId"],
                hidden: ["clientSecret", "resourceOwnerPassword"],
                secretsAction: "listSecrets"
            ),
            ContentKind(
                collection: "openidConnectProviders",
                required: ["displayName", "metadataEndpoint", "clientId"],
                hidden: ["clientSecret"],
                secretsAction: "listSecrets"
            ),
            ContentKind(
                collection: "authorizationProviders",
                required: ["identityProvider"],
                children: [ContentKind(collection: "authorizations", required: ["authorizationType"])]
            ), ContentKind(collection: "documentations"), ContentKind(collection: "policyRestrictions"),
            ContentKind(
                collection: "users",
                required: ["email", "firstName", "lastName"],
                hidden: ["password"],
                missingIn: [.consumption]
            ),
            ContentKind(
                collection: "workspaces",
                required: ["displayName"],
                missingIn: Self.allBut([.premium, .premiumV2]),
                children: Self.shared(
                    inAPIs: [],
                    inProducts: [
                        ContentKind(collection: "apiLinks", required: ["apiId"], isConditional: false),
                        ContentKind(collection: "groupLinks", required: ["groupId"], isConditional: false),
                    ]
                )
            ),
        ]

    /// What lies in an instance, and in a workspace too.
    ///
    /// - Parameters:
    ///   - inAPIs: What lies in an API of one of the two only.
    ///   - inProducts: How a product says what belongs to it, which differs between the two.
    /// - Returns: The kinds.
    private static func shared(inAPIs: [ContentKind], inProducts: [ContentKind]) -> [ContentKind] {
        [
            ContentKind(
                collection: "apis",
                required: ["path"],
                children: [
                    ContentKind(
                        collection: "operations",
                        required: ["displayName", "method", "urlTemplate"],
                        children: [Self.policies, Self.link("tags")]
                    ), Self.policies, ContentKind(collection: "releases", required: ["apiId"]),
                    ContentKind(collection: "schemas", required: ["contentType"]),
                    ContentKind(collection: "diagnostics", required: ["loggerId"]),
                    ContentKind(collection: "resolvers", required: ["displayName", "path"], children: [Self.policies]),
                    Self.link("tags"),
                ] + inAPIs
            ), ContentKind(collection: "apiVersionSets", required: ["displayName", "versioningScheme"]),
            ContentKind(
                collection: "products",
                required: ["displayName"],
                children: inProducts + [Self.policies, Self.link("tags")]
            ),
            ContentKind(collection: "namedValues", required: ["displayName"], secretsAction: "listValue"),
            ContentKind(collection: "backends", required: ["url", "protocol"]), Self.policies,
            ContentKind(collection: "policyFragments", required: ["value"]),
            ContentKind(
                collection: "subscriptions",
                required: ["displayName", "scope"],
                nulled: ["primaryKey", "secondaryKey"],
                secretsAction: "listSecrets"
            ),
            ContentKind(
                collection: "groups",
                required: ["displayName"],
                missingIn: [.consumption],
                children: [Self.link("users")]
            ), ContentKind(collection: "tags", required: ["displayName"]),
            ContentKind(collection: "loggers", required: ["loggerType"]),
            ContentKind(collection: "diagnostics", required: ["loggerId"]),
            ContentKind(collection: "certificates", hidden: ["data", "password"]),
            ContentKind(collection: "schemas", required: ["schemaType"]),
        ]
    }

    /// Source: `ApiWiki_CreateOrUpdate` and `ProductWiki_CreateOrUpdate`; the only name is `default`.
    private static let wikis = ContentKind(collection: "wikis", required: ["documents"])

    private static let policies = ContentKind(collection: "policies", required: ["value"])

    private static func link(_ collection: String) -> ContentKind {
        ContentKind(collection: collection, isLink: true, isConditional: false)
    }

    /// The tiers that do not have what only some have.
    ///
    /// Source: "Feature-based comparison of the API Management tiers": self-hosted gateways, workspaces, users and groups.
    private static func allBut(_ tiers: Set<Tier>) -> Set<Tier> { Set(Tier.allCases).subtracting(tiers) }
}
