/// What can be wrong with a journal's file.
package enum JournalError: Error, Equatable, CustomStringConvertible {
    /// An entry that is not the last one is damaged; the offset is in bytes.
    case damaged(name: String, offset: Int)
    /// The operating system could not put the bytes on the disk; the code is its `errno`.
    case notSynchronized(code: Int32)

    /// One sentence for a person.
    package var description: String {
        switch self {
        case .damaged(let name, let offset): "The journal \(name) is damaged at byte \(offset)."
        case .notSynchronized(let code): "A journal could not be written to the disk (error \(code))."
        }
    }
}
