import Foundation

/// The continuation marker of a listing: the next name, packed so that clients take it for what it is meant to be,
/// opaque.
enum Marker {
    static func write(_ name: BlobName) -> String { "1!\(Data(name.text.utf8).base64EncodedString())" }

    static func read(_ text: String) throws(StorageError) -> BlobName {
        guard text.hasPrefix("1!"), let data = Data(base64Encoded: String(text.dropFirst(2))),
            let name = String(validating: data, as: UTF8.self)
        else { throw .outOfRangeInput }
        return BlobName(name)
    }
}
