/// The roles that a host's identity and API Management's get, as nested deployments into the resource groups of what they
/// are on.
struct BackupRoles {
    private static let principal = TemplateParameter("principal", "The object id of the job's identity.")
    private static let instance = TemplateParameter("apim_name", "The instance.")
    private static let isLeast = TemplateParameter("least_privilege", .boolean, "Whether to use a role of our own.")
    private static let writer = TemplateParameter("writer", "The object id of API Management's identity.")
    private static let place = TemplateParameter("storage_role_scope", "Where API Management may write.")
    private static let assignsWriter = TemplateParameter(
        "assign_writer_role",
        .boolean,
        "Whether to assign API Management's own role."
    )
    private static let deletes = TemplateParameter("deletes", .boolean, "Whether the job may delete backups.")

    /// What runs the backups.
    let host: DeploymentHost
    /// The object id of the job's identity.
    let principal: TemplateExpression
    /// What must be there before the principal is known.
    let dependsOn: [TemplateExpression]

    /// The nested deployments.
    var deployments: [NestedDeployment] { [self.onInstance, self.onStorage] }

    private var onInstance: NestedDeployment {
        let (instance, isLeast) = (Self.instance.reference, Self.isLeast.reference)
        let place = BackupContainer.Place(
            scope: .format("Microsoft.ApiManagement/service/{0}", instance),
            id: .resourceID(ResourceTypes.instances.rawValue, instance)
        )
        let grants = self.grants(on: [.instance: place])
        return NestedDeployment(
            "backup-instance-role",
            in: BackupInputs.instanceGroup.reference,
            condition: BackupInputs.assignsRoles.reference,
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
        var places: [Permission.Place: BackupContainer.Place] = [
            .backups: BackupContainer.place(account, BackupStorage.container.reference),
            .account: BackupContainer.account(account),
        ]
        var arguments: [(parameter: TemplateParameter, value: TemplateExpression)] = [
            (BackupStorage.account, BackupInputs.storageAccount.reference),
            (BackupStorage.container, BackupInputs.container.reference),
            (Self.writer, InstanceGuard.deployment.output("principalId")), (Self.principal, self.principal),
            (Self.place, BackupInputs.storageRoleScope.reference),
            (Self.assignsWriter, BackupInputs.assignsWriterRole.reference), (Self.deletes, self.host.deletes.reference),
        ]
        if self.host.keepsRecords {
            places[.catalog] = BackupContainer.place(account, BackupStorage.catalogContainer.reference)
            arguments.append((BackupStorage.catalogContainer, JobInputs.catalogContainer.reference))
        }
        return NestedDeployment(
            "backup-storage-roles",
            in: BackupInputs.storageGroup.reference,
            condition: BackupInputs.assignsRoles.reference,
            arguments: arguments,
            TemplateDocument(
                resources: [RoleGrant.definition(of: .backupPruner, condition: Self.deletes.reference)]
                    + self.grants(on: places).map(\.assignment)
            ),
            dependsOn: [BackupStorage.deployment(hasCatalog: self.host.keepsRecords).id] + self.dependsOn
        )
    }

    private func grants(on places: [Permission.Place: BackupContainer.Place]) -> [RoleGrant] {
        Permission.all(for: self.host).compactMap { permission in
            places[permission.place].map { place in
                RoleGrant(
                    role: permission.role,
                    principal: permission.holder == .job ? Self.principal.reference : Self.writer.reference,
                    scope: place.scope,
                    scopeID: place.id,
                    condition: Self.expression(permission.condition)
                )
            }
        }
    }

    private static func expression(_ condition: Permission.Condition) -> TemplateExpression? {
        let isWhole = TemplateExpression.call("equals", Self.place.reference, .literal("account"))
        return switch condition {
        case .always: nil
        case .withOperatorRole: .call("not", Self.isLeast.reference)
        case .withLeastPrivilege: Self.isLeast.reference
        case .inContainer: .call("and", Self.assignsWriter.reference, .call("not", isWhole))
        case .inAccount: .call("and", Self.assignsWriter.reference, isWhole)
        case .whereDeleting: Self.deletes.reference
        }
    }
}
