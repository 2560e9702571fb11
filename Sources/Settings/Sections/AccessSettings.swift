package import BackupDomain

/// How API Management reaches the storage account.
package struct AccessSettings: SettingsSection, Hashable {
    /// Azure's names of the access types.
    package enum Kind: String, Sendable, CaseIterable {
        /// The instance's own identity.
        case systemAssigned = "SystemAssignedManagedIdentity"
        /// An identity attached to the instance.
        case userAssigned = "UserAssignedManagedIdentity"
        /// The account's key.
        case accessKey = "AccessKey"
    }

    /// The type; nil for the instance's own identity, or the one of ``clientID`` where that is given.
    package var type: Kind?
    /// The client id of API Management's user-assigned identity.
    package var clientID: String?
    /// A file that holds the account's key.
    package var keyFile: String?
    /// The account's key.
    package var key: Secret?

    /// Creates the access by the instance's own identity.
    package init() {}

    package static let fields: [SettingField<Self>] = [
        .value(
            "type",
            \.type,
            .choice,
            "How API Management reaches the account; its own identity by default, the user-assigned one where `clientId` is given."
        ),
        .value(
            "clientId",
            \.clientID,
            .text(
                "the client id (a GUID) of an identity that is attached to the instance",
                example: "11111111-2222-3333-4444-555555555555",
                pattern: "^[0-9a-fA-F-]{36}$",
                where: Self.isClientID
            ),
            lead: "type",
            "The client id of API Management's user-assigned identity (not of the caller's)."
        ),
        .value(
            "keyFile",
            \.keyFile,
            .secretFile,
            lead: "type",
            "A file that holds the account's key, for `AccessKey`."
        ),
        .value("key", \.key, .secret, "The account's key, for `AccessKey`."),
    ]

    private static func isClientID(_ text: String) -> Bool {
        text.utf8.count == 36
            && text.utf8.enumerated().allSatisfy { index, byte in
                [8, 13, 18, 23].contains(index)
                    ? byte == 45
                    : (48...57).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte)
            }
    }

    package func check(_ report: inout SectionReport) {
        if self.clientID != nil, let type = self.type, type != .userAssigned {
            report.note(
                "clientId",
                "it goes with the type UserAssignedManagedIdentity only, and the type is \(type.rawValue)",
                fix: "Take it out, or say which type is meant."
            )
        }
        if self.type == .userAssigned, self.clientID == nil {
            report.note(
                "type",
                "UserAssignedManagedIdentity needs clientId (--access-client-id)",
                fix: "Name the identity: az apim show --name NAME --resource-group GROUP --query identity"
            )
        }
        if self.keyFile != nil, self.type != .accessKey {
            report.note(
                "keyFile",
                "it goes with the type AccessKey only",
                fix: "Take it out, or set the type to AccessKey."
            )
        }
        if self.type == .accessKey, self.key == nil, self.keyFile == nil {
            report.note(
                "type",
                "AccessKey needs the account's key, and nothing says here where it is",
                fix: "Put it into APIM_BACKUP_ACCESS_KEY where this runs, or into a file named by keyFile.",
                severity: .warning
            )
        }
    }
}
