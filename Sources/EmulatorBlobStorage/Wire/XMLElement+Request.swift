import EmulatorRuntime
import Foundation

extension XMLElement {
    /// Reads the document that a request carries.
    static func read(_ body: Data, limit: Int = XMLReader.maximumLength) throws(StorageError) -> XMLElement {
        do throws(XMLMistake) {
            return try XMLReader.read(body, limit: limit)
        } catch {
            switch error {
            case .malformed: throw .invalidXML
            case .tooLong(let limit): throw .bodyTooLarge(limit: limit)
            }
        }
    }
}
