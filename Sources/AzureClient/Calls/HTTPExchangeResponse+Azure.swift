import BackupDomain
import FoundationEssentials
import HTTPTypes

extension HTTPExchangeResponse {
    /// The `Date` header: the service's own clock.
    var date: Date? { self.fields[single: .date].flatMap(HTTPDate.date) }

    /// How long the service asks to wait: seconds, or the way from its own clock to a date; at most a day.
    ///
    /// Source: <https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3>
    var retryAfter: Duration? {
        guard let text = self.fields[single: .retryAfter] else { return nil }
        let day = 86_400.0
        if let seconds = Int64(text) { return .seconds(min(max(0, seconds), Int64(day))) }
        guard let until = HTTPDate.date(text), let date = self.date else { return nil }
        return .seconds(min(max(0, until.timeIntervalSince(date)), day))
    }

    /// Azure's id of the request.
    var requestID: String? { self.fields[text: "x-ms-request-id"] }

    /// Azure's id of the group of requests that this one belongs to.
    var correlationID: String? { self.fields[text: "x-ms-correlation-request-id"] }

    /// The body as a JSON document, where it is one.
    var document: JSONValue? {
        self.body.isEmpty ? nil : try? JSONDecoder.stable().decode(JSONValue.self, from: self.body)
    }
}
