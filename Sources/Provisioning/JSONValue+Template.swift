import BackupDomain
import Deployment
import FoundationEssentials

extension JSONValue {
    /// A value of a template as a JSON value.
    ///
    /// - Parameter value: The value.
    /// - Returns: The same value.
    /// - Throws: What the decoder throws; a template's own text is always JSON.
    static func parsed(_ value: TemplateValue) throws -> JSONValue {
        try JSONDecoder.stable().decode(JSONValue.self, from: Data(value.json.utf8))
    }
}
