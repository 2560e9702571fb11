import Crypto
import Foundation

/// The digests that Azure Storage compares content by.
enum ContentDigest {
    static func md5(_ data: Data) -> String { Data(Insecure.MD5.hash(data: data)).base64EncodedString() }

    /// Checks a digest that came with the content.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/storageservices/put-blob>, `Content-MD5`.
    static func check(_ claimed: String, against actual: @autoclosure () -> String) throws(StorageError) {
        guard let bytes = Data(base64Encoded: claimed), bytes.count == 16 else { throw .invalidMD5 }
        guard bytes.base64EncodedString() == actual() else { throw .md5Mismatch }
    }
}
