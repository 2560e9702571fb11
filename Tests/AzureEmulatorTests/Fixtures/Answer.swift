import EmulatorRuntime
import Foundation
import HTTPTypes

/// An answer with its body as JSON.
struct Answer {
    let response: EmulatedResponse
    let body: JSON

    init(_ response: EmulatedResponse) throws {
        self.response = response
        self.body = response.body.isEmpty ? .null : try JSONParser.parse(response.body).value
    }

    var status: Int { self.response.status.code }

    /// The code of an error, in the Resource Manager's form.
    var code: String? { self.body["error"]?["code"]?.string }

    /// The message of an error, in the Resource Manager's form.
    var message: String? { self.body["error"]?["message"]?.string }

    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { self.response.headers[$0] } }
}
