import BackupDomain

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
                    fix: .enableIdentity(instance.id)
                )
            case .userAssignedManagedIdentity(let clientID):
                let attached = instance.identity.userAssigned
                if let found = attached.first(where: { $0.clientID.lowercased() == clientID.lowercased() }) {
                    return self.ok("user-assigned, \(found.resourceID)")
                }
                let known = attached.map { "\($0.clientID)" }.joined(separator: ", ")
                return self.fault(
                    "No identity with client id \(clientID) is attached to the instance\(known.isEmpty ? "" : ", only \(known)").",
                    "az rest --method patch --url '\(instance.id)?api-version=2024-05-01' --body "
                        + #"'{"identity":{"type":"SystemAssigned, UserAssigned","userAssignedIdentities":{"IDENTITY-ID":{}}}}'"#
                )
            }
        }
    }
}
