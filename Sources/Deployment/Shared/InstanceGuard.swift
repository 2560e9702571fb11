/// The first thing that a template does: it reads the instance, and ends everything where no backup could be made.
///
/// A deployment that fails here has created nothing. Its outputs are who writes the backups.
///
/// Source: <https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-flow-control> (`fail`)
enum InstanceGuard {
    private static let name = TemplateParameter("apim_name", "The instance.")
    private static let identity = TemplateParameter("access_identity_id", "The user-assigned identity, or empty.")

    /// The nested deployment, in the instance's resource group.
    static let deployment = NestedDeployment(
        "backup-instance",
        in: BackupInputs.instanceGroup.reference,
        arguments: [
            (name, BackupInputs.instance.reference), (identity, BackupInputs.accessIdentity.reference),
        ],
        TemplateDocument(
            variables: [
                .init("instanceId", .expression(.resourceID(ResourceTypes.instances.rawValue, name.reference)))
            ],
            resources: [],
            outputs: [
                ("instanceId", .choose(Self.hasBackup, .variable("instanceId"), else: Self.noBackup)),
                (
                    "principalId",
                    .choose(Self.isSystemAssigned, Self.systemPrincipal, else: Self.userAssigned("principalId"))
                ),
                ("clientId", .choose(Self.isSystemAssigned, .literal(""), else: Self.userAssigned("clientId"))),
            ]
        )
    )

    private static let instance: TemplateExpression = .call(
        "reference",
        .variable("instanceId"),
        .literal(ResourceTypes.instances.apiVersion),
        .literal("Full")
    )

    private static let tier: TemplateExpression = .call("toLower", Self.instance.property("sku.name"))

    /// Named tiers only are refused: what Azure adds later is left for Azure to judge.
    private static let hasBackup: TemplateExpression = .call(
        "not",
        .call("or", .call("equals", Self.tier, .literal("consumption")), .call("endsWith", Self.tier, .literal("v2")))
    )

    private static let noBackup: TemplateExpression = .call(
        "fail",
        .format(
            "The API Management instance {0} is in the tier {1}, which has no backup. It takes Developer, Basic, Standard or Premium.",
            Self.name.reference,
            Self.instance.property("sku.name")
        )
    )

    private static let isSystemAssigned: TemplateExpression = .call("empty", Self.identity.reference)

    /// The identity's member is missing where the instance has none, and its type says where it has another kind only.
    private static let systemPrincipal: TemplateExpression = .choose(
        .call(
            "contains",
            .call("string", Self.instance.ifPresent("identity", else: "none")),
            .literal("SystemAssigned")
        ),
        Self.instance.property("identity.principalId"),
        else: .call(
            "fail",
            .format(
                "The API Management instance {0} has no system-assigned identity to write backups with. Give it one: "
                    + "az apim update --name {0} --resource-group {1} --enable-managed-identity true (where it has a user-assigned "
                    + "one, that adds none: switch it on in the portal under Managed identities)",
                Self.name.reference,
                .call("resourceGroup").property("name")
            )
        )
    )

    private static func userAssigned(_ property: String) -> TemplateExpression {
        .choose(
            .call(
                "contains",
                .call("toLower", .call("string", Self.instance.ifPresent("identity", else: "none"))),
                .call("toLower", Self.identity.reference)
            ),
            .call("reference", Self.identity.reference, .literal(ResourceTypes.identities.apiVersion)).property(
                property
            ),
            else: .call(
                "fail",
                .format(
                    "The API Management instance {0} does not have the identity {1}. Attach it in the portal, at the instance "
                        + "under Managed identities, or name one that it has.",
                    Self.name.reference,
                    Self.identity.reference
                )
            )
        )
    }
}

extension TemplateExpression {
    /// A member of the value, or a text where there is no such member.
    fileprivate func ifPresent(_ name: String, else text: String) -> TemplateExpression {
        .choose(.call("contains", self, .literal(name)), self.property(name), else: .literal(text))
    }
}
