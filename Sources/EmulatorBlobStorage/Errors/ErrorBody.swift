import EmulatorRuntime
import Foundation
import HTTPTypes

/// Writes a refusal as Azure Storage does: an XML body, and the code in a header.
struct ErrorBody {
    var requestID: String
    var now: Date

    func response(_ error: StorageError) -> EmulatedResponse {
        var headers = HTTPFields()
        headers.set("x-ms-error-code", error.code)
        for item in error.headers { headers.set(item.name, item.value) }
        let status = HTTPResponse.Status(named: error.status)
        guard error.status != 304 else { return EmulatedResponse(status: status, headers: headers) }
        headers[.contentType] = "application/xml"
        var xml = XMLWriter()
        xml.element("Error") { xml in
            xml.element("Code", error.code)
            xml.element(
                "Message",
                "\(error.message)\nRequestId:\(self.requestID)\nTime:\(CalendarInstant(self.now).precise)"
            )
            for item in error.details { xml.element(item.name, item.value) }
        }
        return EmulatedResponse(status: status, headers: headers, body: xml.data)
    }
}
