import EmulatorBlobStorage

/// One account, and three tokens: `owner` may do everything, `reader` may read, `expired` is refused.
struct StatedAuthority: BlobAuthority {
    static let key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg=="

    var properties = BlobAccountProperties(name: "acme", keys: ["c2Vjb25k", Self.key], allowBlobPublicAccess: true)

    func account(named: String) -> BlobAccountProperties? { named == self.properties.name ? self.properties : nil }

    func verifyBearer(_ token: String, account: String) -> BlobBearerVerdict {
        guard token != "expired" else {
            return .rejected(
                code: "InvalidAuthenticationInfo",
                message: "Lifetime validation failed. The token is expired."
            )
        }
        return .principal(BlobPrincipal(objectID: token, tenantID: "tenant"))
    }

    func permits(_ principal: BlobPrincipal, dataAction: String, account: String, container: String?) -> Bool {
        switch principal.objectID {
        case "owner": true
        case "reader": dataAction.hasSuffix("/read")
        case "adder": dataAction.hasSuffix("/read") || dataAction.hasSuffix("/add/action")
        default: false
        }
    }
}
