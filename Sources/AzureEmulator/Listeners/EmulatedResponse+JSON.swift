import EmulatorRuntime
import HTTPTypes

extension EmulatedResponse {
    /// An answer with a JSON body.
    static func json(
        _ body: JSON,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) -> EmulatedResponse {
        var headers = headers
        headers[.contentType] = "application/json; charset=utf-8"
        return EmulatedResponse(status: status, headers: headers, body: body.data)
    }
}
