package import BackupDomain

extension Instance {
    /// Azure's CLI command that gives the instance a system-assigned identity, and leaves its user-assigned ones attached.
    ///
    /// `az apim update --enable-managed-identity` writes the whole instance anew, and adds nothing beside a user-assigned identity.
    ///
    /// Source: `apim_update` in azure-cli 2.91.0; the identity of a PATCH is replaced as a whole.
    package var commandEnablingIdentity: String {
        let attached = self.identity.userAssigned.map { "\"\($0.resourceID)\":{}" }.joined(separator: ",")
        let identity =
            attached.isEmpty
            ? #"{"type":"SystemAssigned"}"#
            : #"{"type":"SystemAssigned, UserAssigned","userAssignedIdentities":{\#(attached)}}"#
        return "az rest --method patch --url '\(self.id)?api-version=2024-05-01' --body '{\"identity\":\(identity)}'"
    }
}
