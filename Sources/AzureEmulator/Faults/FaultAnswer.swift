import EmulatorRuntime
import Foundation
import HTTPTypes

/// The answer of a fault, in the form of the part of Azure that it stands for.
enum FaultAnswer {
    static func response(_ effect: FaultEffect, status: Int, host: HostKind) -> EmulatedResponse {
        let status = HTTPResponse.Status(code: status)
        switch host {
        case .resourceManager, .admin:
            return .json(
                ["error": ["code": .string(effect.code), "message": .string(effect.message)]],
                status: status
            )
        case .authority:
            return .json(
                ["error": .string(effect.code), "error_description": .string(effect.message)],
                status: status
            )
        case .identity:
            return .json(
                [
                    "statusCode": .number(String(status.code)), "message": .string(effect.message),
                    "error": .string(effect.code), "error_description": .string(effect.message),
                ],
                status: status
            )
        case .blob: return self.storage(effect, status: status)
        }
    }

    private static func storage(_ effect: FaultEffect, status: HTTPResponse.Status) -> EmulatedResponse {
        func escaped(_ text: String) -> String { text.replacing("&", with: "&amp;").replacing("<", with: "&lt;") }
        let body =
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>\(escaped(effect.code))</Code>"
            + "<Message>\(escaped(effect.message))</Message></Error>"
        var headers: HTTPFields = [.contentType: "application/xml"]
        if let name = HTTPField.Name("x-ms-error-code") { headers[name] = effect.code }
        return EmulatedResponse(status: status, headers: headers, body: Data(body.utf8))
    }

    /// Changes an answer that was given.
    static func apply(_ effect: FaultEffect, to response: inout EmulatedResponse) {
        for (name, value) in effect.headers {
            if let name = HTTPField.Name(name) { response.headers[name] = value }
        }
        for name in effect.omitHeaders {
            if let name = HTTPField.Name(name) { response.headers[name] = nil }
        }
        if let location = effect.redirectLocation { response.headers[.location] = location }
        if let body = effect.replaceBody { response.body = Data(body.utf8) }
    }
}
