import Foundation

/// Why a bearer token is not accepted.
enum TokenRejection: Error, Sendable, Equatable {
    case malformed
    case foreignSignature
    case wrongIssuer(String)
    case wrongAudience(String)
    case notYetValid(Date)
    case expired(Date)
}
