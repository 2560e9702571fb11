package import Foundation
package import HTTPTypes

/// One answer of a service of the emulator, body and all.
package struct EmulatedResponse: Sendable {
    /// The status.
    package var status: HTTPResponse.Status
    /// The header fields; the listener adds `Date`, and `Content-Length` where the body is sent.
    package var headers: HTTPFields
    /// The body.
    ///
    /// For an answer to HEAD it stays unsent, but its length counts unless `Content-Length` is given.
    package var body: Data

    /// Creates an answer.
    package init(status: HTTPResponse.Status, headers: HTTPFields = [:], body: Data = Data()) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
