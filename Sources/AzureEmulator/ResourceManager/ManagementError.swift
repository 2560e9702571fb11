import EmulatorRuntime
import HTTPTypes

/// An error as the Resource Manager, or a provider behind it, answers it.
///
/// Source: "Common API response details", `{"error":{"code","message"}}`. The codes and messages of the Resource
/// Manager itself
/// are in the form in which public issue reports quote them; nothing may rely on the message.
struct ManagementError: Error, Equatable {
    var status: HTTPResponse.Status
    var code: String
    var message: String
    /// Whether a provider answers, which writes `details` and `innerError` as null.
    var isFromProvider = false
    /// Errors that led to this one, each as an `error` of its own.
    var details: [JSON] = []
    /// What `WWW-Authenticate` says, with a 401.
    var challenge: String?
    /// What `Retry-After` says, in seconds.
    var retryAfter: Int?
    /// What `Allow` says, with a 405; empty where that is not known.
    var allowedMethods: [HTTPRequest.Method] = []

    /// The answer's body.
    var body: JSON {
        var error: JSON = ["code": .string(self.code), "message": .string(self.message)]
        if self.isFromProvider {
            error["details"] = .null
            error["innerError"] = .null
        }
        if !self.details.isEmpty { error["details"] = .array(self.details) }
        return ["error": error]
    }

    /// The error as one of the details of another.
    var detail: JSON { self.body["error"] ?? [:] }

    var response: EmulatedResponse {
        var headers: HTTPFields = [:]
        headers[.wwwAuthenticate] = self.challenge
        headers[.retryAfter] = self.retryAfter.map(String.init)
        if !self.allowedMethods.isEmpty {
            headers[.allow] = self.allowedMethods.map(\.rawValue).joined(separator: ", ")
        }
        return .json(self.body, status: self.status, headers: headers)
    }
}

extension ManagementError {
    /// What a call answers; what goes wrong is an answer too.
    static func answer(_ call: () throws -> EmulatedResponse) -> EmulatedResponse {
        do {
            return try call()
        } catch let error as ManagementError {
            return error.response
        } catch {
            // Only the journal's disk can get here; Azure would call it a conflict with its own storage.
            return ManagementError(
                status: .conflict,
                code: "StateNotKept",
                message: "The emulator could not write its state: \(error)"
            ).response
        }
    }

    static func missingVersion() -> ManagementError {
        ManagementError(
            status: .badRequest,
            code: "MissingApiVersionParameter",
            message: "The api-version query parameter (?api-version=) is required for all requests."
        )
    }

    static func invalidVersion(_ version: String) -> ManagementError {
        ManagementError(
            status: .badRequest,
            code: "InvalidApiVersionParameter",
            message: "The api-version '\(version)' is invalid. The supported versions are of the form "
                + "'YYYY-MM-DD' or 'YYYY-MM-DD-preview'."
        )
    }

    /// Source: status, code and words as public issue reports quote them (azure-cli#28496, pulumi-azure-nextgen#170).
    static func noRegisteredProvider(
        type: String,
        version: String,
        namespace: String,
        region: String
    ) -> ManagementError {
        let versions = ProviderVersions.versions(of: namespace).joined(separator: ", ")
        return ManagementError(
            status: .badRequest,
            code: "NoRegisteredProviderFound",
            message: "No registered resource provider found for location '\(region)' and API version '\(version)' for "
                + "type '\(type)'. The supported api-versions are '\(versions)'. The supported locations are '\(region)'."
        )
    }

    static func unauthorized(_ principal: Principal, action: String, scope: Scope) -> ManagementError {
        ManagementError(
            status: .forbidden,
            code: "AuthorizationFailed",
            message: "The client '\(principal.clientID)' with object id '\(principal.objectID)' does not have "
                + "authorization to perform action '\(action)' over scope '\(scope)' or the scope is invalid. If access "
                + "was recently granted, please refresh your credentials."
        )
    }

    static func subscriptionNotFound(_ id: String) -> ManagementError {
        ManagementError(
            status: .notFound,
            code: "SubscriptionNotFound",
            message: "The subscription '\(id)' could not be found."
        )
    }

    static func invalidSubscription(_ id: String) -> ManagementError {
        ManagementError(
            status: .badRequest,
            code: "InvalidSubscriptionId",
            message: "The provided subscription identifier '\(id)' is malformed or invalid."
        )
    }

    static func groupNotFound(_ name: String) -> ManagementError {
        ManagementError(
            status: .notFound,
            code: "ResourceGroupNotFound",
            message: "Resource group '\(name)' could not be found."
        )
    }

    static func resourceNotFound(_ type: String, name: String, group: String) -> ManagementError {
        ManagementError(
            status: .notFound,
            code: "ResourceNotFound",
            message: "The Resource '\(type)/\(name)' under resource group '\(group)' was not found. For more details "
                + "please go to https://aka.ms/ARMResourceNotFoundFix"
        )
    }

    static func unknownType(_ type: String, namespace: String, version: String) -> ManagementError {
        ManagementError(
            status: .notFound,
            code: "InvalidResourceType",
            message: "The resource type '\(type)' could not be found in the namespace '\(namespace)' for api version "
                + "'\(version)'."
        )
    }

    static func unknownNamespace(_ namespace: String) -> ManagementError {
        ManagementError(
            status: .notFound,
            code: "InvalidResourceNamespace",
            message: "The resource namespace '\(namespace)' is invalid."
        )
    }

    static func methodNotAllowed(
        _ method: HTTPRequest.Method,
        allowed: [HTTPRequest.Method] = []
    ) -> ManagementError {
        ManagementError(
            status: .methodNotAllowed,
            code: "MethodNotAllowed",
            message: "The method \(method.rawValue) is not supported by this resource.",
            allowedMethods: allowed
        )
    }

    static func invalidContent(_ message: String) -> ManagementError {
        ManagementError(
            status: .badRequest,
            code: "InvalidRequestContent",
            message: "The request content was invalid and could not be deserialized: '\(message)'."
        )
    }

    static func invalidFilter(_ filter: String) -> ManagementError {
        ManagementError(
            status: .badRequest,
            code: "InvalidFilterInQueryString",
            message: "Invalid $filter '\(filter)' specified in the query string."
        )
    }
}
