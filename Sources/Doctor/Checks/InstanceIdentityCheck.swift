import BackupDomain
import BackupEngine

/// Whether the instance has the identity by which it is to write.
enum InstanceIdentityCheck: DoctorCheck {
    static let name = CheckName.instanceIdentity

    static func judge(_ examination: Examination) -> [Finding] {
        self.judge(examination.instance, of: "instance") { instance in
            switch examination.subject.access {
            case .accessKey: return self.ok("not used: API Management writes with the account's key")
            case .systemAssignedManagedIdentity:
                if let id = instance.identity.systemPrincipalID { return self.ok("system-assigned, object id \(id)") }
                return self.fault(
                    "The instance has no system-assigned identity, by which it is to write backups.",
                    nil,
                    fix: .enableIdentity(instance.id, command: instance.commandEnablingIdentity)
                )
            case .userAssignedManagedIdentity(let clientID):
                let attached = instance.identity.userAssigned
                if let found = attached.first(where: { $0.clientID.lowercased() == clientID.lowercased() }) {
                    return self.ok("user-assigned, \(found.resourceID)")
                }
                let known = attached.map { "\($0.clientID)" }.joined(separator: ", ")
                return self.fault(
                    "No identity with client id \(clientID) is attached to the instance\(known.isEmpty ? "" : ", only \(known)").",
                    Self.attaching(clientID, to: instance)
                )
            }
        }
    }

    /// The command that attaches an identity beside those that are there.
    private static func attaching(_ clientID: String, to instance: Instance) -> String {
        let type = instance.identity.systemPrincipalID == nil ? "UserAssigned" : "SystemAssigned, UserAssigned"
        let body = #"{\"identity\":{\"type\":\"\#(type)\",\"userAssignedIdentities\":{\"$ID\":{}}}}"#
        return
            "ID=$(az identity list --query \"[?clientId=='\(clientID)'].id | [0]\" --output tsv) && az rest --method patch --url "
            + "'\(instance.id)?api-version=2024-05-01' --body \"\(body)\""
    }
}
