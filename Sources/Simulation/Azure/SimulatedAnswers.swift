import AzureClient
import FoundationEssentials
import HTTPTypes

/// The answers of the simulated Azure, in Azure's own words where those matter.
extension HTTPExchangeResponse {
    /// A refusal of Resource Manager or of API Management.
    static func managementError(_ status: Int, _ code: String, date: String) -> Self {
        let body = #"{"error":{"code":"\#(code)","message":"The simulation says \#(code).","details":null}}"#
        return Self(status: status, fields: [.date: date, .contentType: "application/json"], body: Data(body.utf8))
    }

    /// A refusal of the blob service.
    static func blobError(_ status: Int, _ code: String, date: String) -> Self {
        var fields: HTTPFields = [.date: date]
        fields[SimulatedNames.errorCode] = code
        return Self(status: status, fields: fields)
    }

    /// An answer without a body.
    static func plain(_ status: Int, date: String) -> Self { Self(status: status, fields: [.date: date]) }

    /// A document.
    static func json(_ status: Int, _ body: Data, date: String) -> Self {
        Self(status: status, fields: [.date: date, .contentType: "application/json"], body: body)
    }
}
