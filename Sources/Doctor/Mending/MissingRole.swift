import BackupDomain
package import Deployment

/// A role that somebody lacks on something.
package struct MissingRole: Sendable, Hashable {
    /// Azure's name of the role.
    package var roleName: String
    /// The role's GUID.
    package var roleID: String
    /// Who lacks it: an object id.
    package var principal: String
    /// What kind of principal that is, in Azure's words; nil where that is not known.
    package var principalType: String?
    /// The resource id of what it is needed on.
    package var scope: String

    /// Creates a value; nil for a role that is none of Azure's own, or a principal that is not known.
    ///
    /// - Parameters:
    ///   - role: The role.
    ///   - principal: The object id.
    ///   - principalType: What kind of principal that is; nil where that is not known.
    ///   - scope: The resource id.
    package init?(_ role: Role, to principal: String?, principalType: String?, on scope: String?) {
        guard let id = role.builtInID, let principal, let scope else { return nil }
        self.roleName = role.rawValue
        self.roleID = id
        self.principal = principal
        self.principalType = principalType
        self.scope = scope
    }
}

extension MissingRole {
    /// The name of the assignment, a GUID: the same for the same role, principal and scope, so that doing it twice does it once.
    var assignmentName: String {
        let text = "\(self.scope.lowercased())|\(self.principal.lowercased())|\(self.roleID)"
        let digits = Array(StableHash(text).hex(16) + StableHash("\(text)|2").hex(16))
        func part(_ range: Range<Int>) -> String { String(digits[range]) }
        return "\(part(0..<8))-\(part(8..<12))-8\(part(13..<16))-8\(part(17..<20))-\(part(20..<32))"
    }
}
