import EmulatorExpressions
import EmulatorRuntime
package import Foundation

/// A request that a run makes.
package struct WorkflowRequest: Sendable, Equatable, Codable {
    /// The method in upper case.
    package var method: String
    /// The absolute address.
    package var uri: String
    /// The header fields that the action names.
    package var headers: [String: String]
    /// The body.
    package var body: Data
    /// Whose token goes with it.
    package var identity: Identity?

    /// A managed identity of the workflow, and for whom its token is.
    package struct Identity: Sendable, Equatable, Codable {
        /// The resource id of a user-assigned identity; nil for the workflow's own.
        package var resourceID: String?
        /// Whom the token is for.
        package var audience: String
    }

    /// Reads the evaluated inputs of an action.
    init(_ inputs: JSON) throws(WorkflowMistake) {
        self.method = (inputs.member("method")?.string ?? "").uppercased()
        guard ["GET", "PUT", "POST", "PATCH", "DELETE"].contains(self.method) else {
            throw .invalid("The method '\(self.method)' is not supported.")
        }
        var uri = inputs.member("uri")?.string ?? ""
        for query in inputs.member("queries")?.object ?? [] {
            let value = query.value.display.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            uri += (uri.contains("?") ? "&" : "?") + "\(query.name)=\(value)"
        }
        // Source: "Limits and configuration reference": 2 KB, which is exceeded by none that works.
        guard uri.utf8.count <= 2048, let url = URL(string: uri), ["http", "https"].contains(url.scheme?.lowercased()),
            url.host()?.isEmpty == false
        else {
            throw .invalid("The provided uri '\(uri.prefix(200))' is not a valid absolute address of http or https.")
        }
        self.uri = uri
        self.headers = [:]
        for member in inputs.member("headers")?.object ?? [] { self.headers[member.name] = member.value.display }
        let (data, type) = WorkflowContent.bytes(of: inputs.member("body"))
        self.body = data
        if let type, !self.headers.keys.contains(where: { $0.lowercased() == "content-type" }) {
            self.headers["Content-Type"] = type
        }
        let authentication = inputs.member("authentication")
        switch authentication?.member("type")?.string?.lowercased() {
        case "managedserviceidentity"?:
            // Source: "Authenticate access with managed identities in Azure Logic Apps": the audience's default.
            let audience = authentication?.member("audience")?.string ?? "https://management.azure.com/"
            self.identity = Identity(resourceID: authentication?.member("identity")?.string, audience: audience)
        case "raw"?: self.headers["Authorization"] = authentication?.member("value")?.string ?? ""
        default: break
        }
    }

    /// The request that polls the operation of this one.
    func polling(_ location: String) -> WorkflowRequest {
        var request = self
        request.method = "GET"
        request.uri = location
        request.body = Data()
        request.headers = request.headers.filter { $0.key.lowercased() != "content-type" }
        return request
    }

    /// The evaluated inputs as a run's history shows them: without what would let somebody in.
    static func shown(_ inputs: JSON) -> JSON {
        var shown = inputs
        shown["retryPolicy"] = nil
        if let type = inputs.member(at: "authentication", "type") {
            var authentication: JSON = ["type": type]
            authentication["audience"] = inputs.member(at: "authentication", "audience")
            authentication["identity"] = inputs.member(at: "authentication", "identity")
            shown["authentication"] = authentication
        }
        let names = (inputs.member("headers")?.object ?? []).map(\.name)
        for name in names where name.lowercased() == "authorization" {
            var headers = inputs.member("headers") ?? [:]
            headers[name] = "*sanitized*"
            shown["headers"] = headers
        }
        return shown
    }
}

/// A request that a run wants made now.
package struct WorkflowCall: Sendable {
    /// Which execution makes it.
    package let key: ActionKey
    /// The request.
    package let request: WorkflowRequest
}

/// An answer to a request.
package struct WorkflowAnswer: Sendable {
    /// The status.
    package var status: Int
    /// The header fields, in their order.
    package var headers: [(name: String, value: String)]
    /// The body.
    package var body: Data

    /// Creates an answer.
    package init(status: Int, headers: [(name: String, value: String)], body: Data) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The value of a header field, found without regard to case.
    func header(_ name: String) -> String? {
        self.headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The answer as the outputs of an action.
    var outputs: JSON {
        var headers: JSON = [:]
        for field in self.headers { headers[field.name] = .string(field.value) }
        var outputs: JSON = ["statusCode": .integer(self.status), "headers": headers]
        outputs["body"] = WorkflowContent.body(self.body, type: self.header("Content-Type"))
        return outputs
    }
}
