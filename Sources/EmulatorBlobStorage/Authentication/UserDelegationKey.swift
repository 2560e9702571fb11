import Foundation

/// A key that a principal asked for to make signatures with.
///
/// Its value is derived from the account's first key and its own fields, so nothing needs to be kept; like Azure's, it
/// ends when its time is over.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/get-user-delegation-key>
struct UserDelegationKey {
    var objectID: String
    var tenantID: String
    var start: String
    var expiry: String
    var service = "b"
    var version: String

    init(objectID: String, tenantID: String, start: String, expiry: String, version: String) {
        self.objectID = objectID
        self.tenantID = tenantID
        self.start = start
        self.expiry = expiry
        self.version = version
    }

    init(_ signature: SharedAccessSignature) {
        self.init(
            objectID: signature["skoid"],
            tenantID: signature["sktid"],
            start: signature["skt"],
            expiry: signature["ske"],
            version: signature["skv"]
        )
        self.service = signature["sks"]
    }

    func value(account: BlobAccountProperties) -> String? {
        let fields = [self.objectID, self.tenantID, self.start, self.expiry, self.service, self.version]
        return account.keys.first.flatMap {
            Signature.make((["user delegation", account.name] + fields).joined(separator: "\n"), key: $0)
        }
    }
}
