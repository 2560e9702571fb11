/// Why a text is not an XML document that is read.
package enum XMLMistake: Error, Sendable, Equatable {
    /// It is not well-formed, or holds what is never read, such as a document type.
    case malformed
    /// It is longer than the limit, in bytes.
    case tooLong(limit: Int)
}
