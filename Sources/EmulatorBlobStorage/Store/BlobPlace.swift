/// Where a blob is: account, container, name.
struct BlobPlace: Hashable, Sendable {
    var account: String
    var container: String
    var name: BlobName

    init(_ account: String, _ container: String, _ name: String) {
        self.account = account
        self.container = container
        self.name = BlobName(name)
    }
}
