/// The roles that a host's identity and API Management's get, as nested deployments into the resource groups of what they
/// are on.
struct BackupRoles {
    private static let principal = TemplateParameter("principal", "The object id of the job's identity.")
    private static let instance = TemplateParameter("apim_name", "The instance.")
    private static let isLeast = TemplateParameter("least_privilege", .boolean, "Whether to use a role of our own.")
    private static let writer = TemplateParameter("writer", "The object id of API Management's identity.")
    private static let place = TemplateParameter("storage_role_scope", "Where API Management may write.")
    private static let deletes = TemplateParameter("deletes", .boolean, "Whether the job may delete backups.")

    /// The object id of the job's identity.
    let principal: TemplateExpression
    /// Whether the job keeps records, in a container of their own.
    let hasCatalog: Bool
    /// Whether the job may delete backups.
    let deletes: TemplateExpression
    /// What must be there before the principal is known.
    let dependsOn: [TemplateExpression]

    /// The nested deployments.
    var deployments: [NestedDeployment] { [self.onInstance, self.onStorage] }

    private var onInstance: NestedDeployment {
        let (instance, isLeast) = (Self.instance.reference, Self.isLeast.reference)
        func grant(_ role: Role, if condition: TemplateExpression) -> RoleGrant {
            RoleGrant(
                role: role,
                principal: Self.principal.reference,
                scope: .format("Microsoft.ApiManagement/service/{0}", instance),
                scopeID: .resourceID(ResourceTypes.instances.rawValue, instance),
                condition: condition
            )
        }
        let grants = [grant(.instanceOperator, if: .call("not", isLeast)), grant(.backupStarter, if: isLeast)]
        return NestedDeployment(
            "backup-instance-role",
            in: BackupInputs.instanceGroup.reference,
            arguments: [
                (Self.instance, BackupInputs.instance.reference), (Self.principal, self.principal),
                (Self.isLeast, BackupInputs.leastPrivilege.reference),
            ],
            TemplateDocument(
                resources: [RoleGrant.definition(of: .backupStarter, condition: isLeast)] + grants.map(\.assignment)
            ),
            dependsOn: self.dependsOn
        )
    }

    private var onStorage: NestedDeployment {
        let account = BackupStorage.account.reference
        let backups = BackupContainer.place(account, BackupStorage.container.reference)
        let isWhole = TemplateExpression.call("equals", Self.place.reference, .literal("account"))
        var grants = [
            Self.grant(.blobContributor, to: Self.writer, on: backups, if: .call("not", isWhole)),
            Self.grant(.blobContributor, to: Self.writer, on: BackupContainer.account(account), if: isWhole),
            Self.grant(.blobReader, to: Self.principal, on: backups, if: nil),
            Self.grant(.backupPruner, to: Self.principal, on: backups, if: Self.deletes.reference),
        ]
        var arguments: [(parameter: TemplateParameter, value: TemplateExpression)] = [
            (BackupStorage.account, BackupInputs.storageAccount.reference),
            (BackupStorage.container, BackupInputs.container.reference),
            (Self.writer, InstanceGuard.deployment.output("principalId")), (Self.principal, self.principal),
            (Self.place, BackupInputs.storageRoleScope.reference), (Self.deletes, self.deletes),
        ]
        if self.hasCatalog {
            let catalog = BackupContainer.place(account, BackupStorage.catalogContainer.reference)
            grants.append(Self.grant(.blobContributor, to: Self.principal, on: catalog, if: nil))
            arguments.append((BackupStorage.catalogContainer, JobInputs.catalogContainer.reference))
        }
        return NestedDeployment(
            "backup-storage-roles",
            in: BackupInputs.storageGroup.reference,
            arguments: arguments,
            TemplateDocument(
                resources: [RoleGrant.definition(of: .backupPruner, condition: Self.deletes.reference)]
                    + grants.map(\.assignment)
            ),
            dependsOn: [BackupStorage.deployment(hasCatalog: self.hasCatalog).id] + self.dependsOn
        )
    }

    private static func grant(
        _ role: Role,
        to principal: TemplateParameter,
        on place: BackupContainer.Place,
        if condition: TemplateExpression?
    ) -> RoleGrant {
        RoleGrant(
            role: role,
            principal: principal.reference,
            scope: place.scope,
            scopeID: place.id,
            condition: condition
        )
    }
}
