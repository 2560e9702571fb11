/// One role that a template assigns: to whom, where and why.
struct RoleGrant: Sendable, Hashable {
    /// The role.
    var role: Role
    /// The principal's object id.
    var principal: TemplateExpression
    /// What the role is assigned on, as an extension resource's scope: type and names, without a leading slash.
    var scope: TemplateExpression
    /// The full id of the same resource, for the assignment's name.
    var scopeID: TemplateExpression
    /// Whether it is assigned at all; nil for always.
    var condition: TemplateExpression?

    /// The role's id.
    ///
    /// Azure's own are found by their id; ours by a name that derives from where they are defined.
    var roleID: TemplateExpression {
        .call(
            "subscriptionResourceId",
            .literal(ResourceTypes.roleDefinitions.rawValue),
            self.role.builtInID.map(TemplateExpression.literal) ?? Self.definitionName(of: self.role)
        )
    }

    /// The assignment.
    ///
    /// Its name holds the principal, so that a job that was deleted and made again gets a new one.
    ///
    /// Source: <https://learn.microsoft.com/azure/role-based-access-control/role-assignments-template>
    var assignment: TemplateResource {
        TemplateResource(
            ResourceTypes.roleAssignments.rawValue,
            ResourceTypes.roleAssignments.apiVersion,
            name: .expression(.call("guid", self.scopeID, self.principal, self.roleID)),
            condition: self.condition,
            scope: self.scope,
            // A dependency names what the template makes, which in a resource group is an id of that group.
            dependsOn: self.role.builtInID == nil
                ? [.resourceID(ResourceTypes.roleDefinitions.rawValue, Self.definitionName(of: self.role))] : [],
            [
                .init(
                    "properties",
                    [
                        "roleDefinitionId": .expression(self.roleID),
                        "principalId": .expression(self.principal),
                        // Without it Azure looks for the principal, which a moment after its creation is not found.
                        "principalType": "ServicePrincipal",
                    ]
                )
            ]
        )
    }

    /// A role of ours, assignable in the resource group that the nested deployment goes into.
    static func definition(of role: Role, condition: TemplateExpression?) -> TemplateResource {
        let group = TemplateExpression.call("resourceGroup").property("id")
        return TemplateResource(
            ResourceTypes.roleDefinitions.rawValue,
            ResourceTypes.roleDefinitions.apiVersion,
            name: .expression(Self.definitionName(of: role)),
            condition: condition,
            [
                .init(
                    "properties",
                    [
                        // A role's name is unique in a tenant.
                        "roleName": .expression(.format("\(role.rawValue) {0}", .call("uniqueString", group))),
                        "description": .text(role.purpose ?? ""),
                        "type": "CustomRole",
                        "permissions": [
                            [
                                "actions": .array(role.actions.map(TemplateValue.text)), "notActions": [],
                                "dataActions": .array(role.dataActions.map(TemplateValue.text)), "notDataActions": [],
                            ]
                        ],
                        "assignableScopes": [.expression(group)],
                    ]
                )
            ]
        )
    }

    private static func definitionName(of role: Role) -> TemplateExpression {
        .call("guid", .call("resourceGroup").property("id"), .literal(role.rawValue))
    }
}
