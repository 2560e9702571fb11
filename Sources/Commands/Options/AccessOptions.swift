import ArgumentParser
import BackupDomain
import Foundation

/// How API Management reaches the storage account.
struct AccessOptions: ParsableArguments {
    /// Azure's names of the access types.
    enum AccessType: String, ExpressibleByArgument, CaseIterable {
        case systemAssigned = "SystemAssignedManagedIdentity"
        case userAssigned = "UserAssignedManagedIdentity"
        case accessKey = "AccessKey"

        init?(argument: String) {
            guard let type = Self.allCases.first(where: { $0.rawValue.lowercased() == argument.lowercased() }) else {
                return nil
            }
            self = type
        }
    }

    @Option(help: "How API Management reaches the storage account.")
    var accessType: AccessType?

    @Option(
        name: .customLong("access-client-id"),
        help: "The client id of API Management's user-assigned identity (not of the caller's)."
    )
    var accessClientID: String?

    @Option(
        help: ArgumentHelp(
            "A file that holds the account's key, for AccessKey.",
            discussion: "Or the variable APIM_BACKUP_ACCESS_KEY; the key itself is never an argument."
        )
    )
    var accessKeyFile: String?

    func validate() throws {
        if let clientID = self.accessClientID, clientID.allSatisfy(\.isWhitespace) {
            throw ValidationError("--access-client-id is empty; it takes the client id of an identity.")
        }
        if self.accessClientID != nil, let type = self.accessType, type != .userAssigned {
            throw ValidationError("--access-client-id goes with --access-type UserAssignedManagedIdentity only.")
        }
        if self.accessType == .userAssigned, self.accessClientID == nil {
            throw ValidationError("--access-type UserAssignedManagedIdentity needs --access-client-id.")
        }
        if self.accessKeyFile != nil, self.accessType != .accessKey {
            throw ValidationError("--access-key-file goes with --access-type AccessKey only.")
        }
    }

    /// Makes the access of what was given.
    ///
    /// - Parameter environment: The environment variables.
    /// - Returns: The access; the system-assigned identity where nothing was said.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where a key is needed and cannot be had.
    func resolve(environment: [String: String]) throws(BackupError) -> StorageAccess {
        if let clientID = self.accessClientID { return .userAssignedManagedIdentity(clientID: clientID) }
        guard self.accessType == .accessKey else { return .systemAssignedManagedIdentity }
        if let path = self.accessKeyFile {
            guard let content = try? Data(contentsOf: URL(filePath: path)), content.count <= 4096 else {
                throw BackupError(.invalidInput, "The key file \(path) cannot be read, or is larger than 4 KB.")
            }
            let key = String(decoding: content, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            guard !key.isEmpty else {
                throw BackupError(
                    .invalidInput,
                    "The key file \(path) is empty.",
                    remedy: "Put the storage account's key into it, and nothing else."
                )
            }
            return .accessKey(Secret(key))
        }
        let key = environment["APIM_BACKUP_ACCESS_KEY"]?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        guard !key.isEmpty else {
            throw BackupError(
                .invalidInput,
                "--access-type AccessKey needs the account's key.",
                remedy: "Put it into the variable APIM_BACKUP_ACCESS_KEY, or into a file named by --access-key-file."
            )
        }
        return .accessKey(Secret(key))
    }
}
