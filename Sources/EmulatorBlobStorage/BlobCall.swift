import Foundation

/// A request whose sender may run its operation, with what was found out on the way.
struct BlobCall: Sendable {
    var request: BlobRequest
    var account: BlobAccountProperties
    var access: BlobAccess
    var guarded: BlobGuard
    var now: Date

    /// The endpoint under which the client reached the account, with the slash at its end.
    var serviceEndpoint: String { "\(self.request.origin)/\(self.account.name)/" }
}
