import EmulatorBlobStorage
import Foundation

/// The blob storage, as API Management's backups use it.
struct BlobBackups: BackupStorage {
    let store: BlobStore

    func containerExists(account: String, container: String) -> Bool {
        self.store.containerExists(account: account, container: container)
    }

    func createContainer(account: String, container: String) -> Bool {
        do {
            _ = try self.store.createContainer(account: account, container: container)
            return true
        } catch {
            return false
        }
    }

    func put(account: String, container: String, blob: String, content: Data) -> Bool {
        do {
            try self.store.put(account: account, container: container, blob: blob, content: content)
            return true
        } catch {
            return false
        }
    }

    func delete(account: String, container: String, blob: String) {
        // What cannot be deleted is written over.
        _ = try? self.store.delete(account: account, container: container, name: blob)
    }

    func content(account: String, container: String, blob: String) -> Data? {
        (try? self.store.content(account: account, container: container, name: blob)) ?? nil
    }

    func isArchived(account: String, container: String, blob: String) -> Bool {
        self.store.blob(account: account, container: container, name: blob)?.isArchived ?? false
    }

    func corsMethods(account: String) -> [[String]] {
        self.store.corsRules(account: account).map { rule in
            rule.allowedMethods.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }
}
