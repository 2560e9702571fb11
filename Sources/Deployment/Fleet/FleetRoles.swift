/// The roles of a job that serves many instances, as nested deployments into the resource groups of what they are on.
struct FleetRoles {
    private static let principal = TemplateParameter("principal", "The object id of the job's identity.")
    private static let isLeast = TemplateParameter("least_privilege", .boolean, "Whether to use roles of our own.")
    private static let place = TemplateParameter("storage_role_scope", "Where API Management may write.")
    private static let deletes = TemplateParameter("deletes", .boolean, "Whether the job may delete backups.")
    /// The most assignments of one nested deployment: Resource Manager takes 800 resources.
    private static let mostGrants = 400

    /// The instances.
    let members: [FleetMember]

    /// The nested deployments.
    ///
    /// - Parameter containers: The deployments of the containers, which must be there before.
    /// - Returns: The deployments, in the order of resource groups.
    func deployments(after containers: [TemplateExpression]) -> [NestedDeployment] {
        let groups = Dictionary(grouping: self.grants) { $0.group.lowercased() }.sorted { $0.key < $1.key }
        return groups.enumerated().flatMap { index, group in
            let parts = stride(from: 0, to: group.value.count, by: Self.mostGrants).map {
                Array(group.value[$0..<min($0 + Self.mostGrants, group.value.count)])
            }
            return parts.enumerated().map { part, grants in
                self.deployment("\(index + 1)-\(part + 1)", in: grants[0].group, grants.map(\.grant), after: containers)
            }
        }
    }

    private func deployment(
        _ number: String,
        in group: String,
        _ grants: [RoleGrant],
        after containers: [TemplateExpression]
    ) -> NestedDeployment {
        let own = [Role.backupStarter, .backupPruner].filter { role in grants.contains { $0.role == role } }
        let template = TemplateDocument(
            resources: own.map { role in
                RoleGrant.definition(
                    of: role,
                    condition: role == .backupStarter ? Self.isLeast.reference : Self.deletes.reference
                )
            } + grants.map(\.assignment)
        )
        let text = template.value.json
        let arguments: [(parameter: TemplateParameter, value: TemplateExpression)] = [
            (Self.principal, JobResources.principal), (Self.isLeast, BackupInputs.leastPrivilege.reference),
            (Self.place, BackupInputs.storageRoleScope.reference), (Self.deletes, JobInputs.deletes.reference),
        ]
        return NestedDeployment(
            "backup-roles-\(number)",
            in: .literal(group),
            condition: BackupInputs.assignsRoles.reference,
            arguments: arguments.filter { text.contains($0.parameter.reference.text) },
            template,
            dependsOn: containers + [.variable("identityId")]
        )
    }

    private typealias Grant = (group: String, grant: RoleGrant)

    /// Every role once, though several instances may share an account.
    private var grants: [Grant] {
        var seen: Set<RoleGrant> = []
        return self.members.flatMap(Self.grants).filter { seen.insert($0.grant).inserted }
    }

    private static func grants(of member: FleetMember) -> [Grant] {
        let permissions = member.isInventoryOnly ? Permission.ofInventories : Permission.all(for: .containerAppJob)
        return permissions.compactMap { permission in
            if permission.holder == .apiManagement, !member.assignsWriter || member.writer.isEmpty { return nil }
            let (account, instance) = (
                TemplateExpression.literal(member.account), TemplateExpression.literal(member.instance)
            )
            let place: BackupContainer.Place =
                switch permission.place {
                case .instance:
                    BackupContainer.Place(
                        scope: .format("Microsoft.ApiManagement/service/{0}", instance),
                        id: .resourceID(ResourceTypes.instances.rawValue, instance)
                    )
                case .account: BackupContainer.account(account)
                case .backups: BackupContainer.place(account, .literal(member.container))
                case .catalog: BackupContainer.place(account, .literal(member.catalogContainer))
                }
            let grant = RoleGrant(
                role: permission.role,
                principal: permission.holder == .job ? Self.principal.reference : .literal(member.writer),
                scope: place.scope,
                scopeID: place.id,
                condition: Self.expression(permission.condition)
            )
            return (permission.place == .instance ? member.instanceGroup : member.accountGroup, grant)
        }
    }

    private static func expression(_ condition: Permission.Condition) -> TemplateExpression? {
        let isWhole = TemplateExpression.call("equals", Self.place.reference, .literal("account"))
        return switch condition {
        case .always: nil
        case .withOperatorRole: .call("not", Self.isLeast.reference)
        case .withLeastPrivilege: Self.isLeast.reference
        case .inContainer: .call("not", isWhole)
        case .inAccount: isWhole
        case .whereDeleting: Self.deletes.reference
        }
    }
}
