import Foundation

/// Reads custom roles and role assignments, whose principals, roles and scopes may be named shortly.
struct RoleReader {
    let fields: FieldReader

    func read(into world: inout World) {
        let roles = self.roles()
        world.roleDefinitions = world.roleDefinitions.filter { old in !roles.contains { $0.id == old.id } } + roles
        if self.fields.bool("keepRoleAssignments") == false { world.roleAssignments = [] }
        let known = world
        let assignments = self.fields.each("roleAssignments") { fields in
            let principal = fields.required("principal", fields.string("principal"))
            let role = fields.required("role", fields.string("role"))
            let scope = fields.required("scope", fields.string("scope"))
            let effective = fields.instant("effectiveAt")
            guard let principal, let role, let scope else { return nil as RoleAssignment? }
            let found = (self.principal(principal, known), self.role(role, known), Scope(named: scope, in: known))
            if found.0 == nil { fields.note("principal", "There is no principal '\(principal)'.") }
            if found.1 == nil { fields.note("role", "There is no role '\(role)'.") }
            if found.2 == nil { fields.note("scope", "There is no scope '\(scope)'.") }
            guard let principalID = found.0, let roleID = found.1, let place = found.2 else { return nil }
            var assignment = World.assignment(principalID, roleID, at: place)
            assignment.effectiveAt = effective
            return assignment
        }
        world.roleAssignments += assignments
    }

    private func roles() -> [RoleDefinition] {
        var ids: Set<String> = []
        return self.fields.eachOnce("roles") { fields in
            let id = fields.guid("id")
            let summary = fields.string("description") ?? ""
            let (actions, notActions) = (fields.strings("actions") ?? [], fields.strings("notActions") ?? [])
            let (data, notData) = (fields.strings("dataActions") ?? [], fields.strings("notDataActions") ?? [])
            guard let name = fields.required("name", fields.name()) else { return nil }
            let role = RoleDefinition(
                id: id ?? DerivedID.guid("role/\(name)"),
                name: name,
                summary: summary,
                actions: actions,
                notActions: notActions,
                dataActions: data,
                notDataActions: notData
            )
            // Source: "Azure custom roles": a name is there once in a tenant.
            if BuiltInRoles.all.contains(where: { $0.key == role.key }) {
                fields.note("name", "Azure has a role of this name already.")
            }
            if !ids.insert(role.id).inserted { fields.note("id", "The list has a role with this id already.") }
            return role
        }
    }

    /// A GUID, the name of an identity or application, `instance:NAME` for its own identity, or `machine`.
    private func principal(_ text: String, _ world: World) -> String? {
        if UUID(uuidString: text) != nil { return text.lowercased() }
        if text == "machine" { return world.machine.systemPrincipalID }
        if text.hasPrefix("instance:") {
            let name = text.dropFirst("instance:".count)
            return world.instances.first { $0.name == name }?.identity.systemPrincipalID
        }
        return world.userAssignedIdentities.first { $0.name == text }?.principalID
            ?? world.servicePrincipals.first { $0.name == text }?.objectID
    }

    private func role(_ text: String, _ world: World) -> String? {
        (BuiltInRoles.all + world.roleDefinitions).first {
            $0.id.caseInsensitiveCompare(text) == .orderedSame || $0.name.caseInsensitiveCompare(text) == .orderedSame
        }?.id
    }
}
