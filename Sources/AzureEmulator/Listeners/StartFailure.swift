import Foundation

/// What keeps an emulator from starting, in one sentence that names the folder, the file or the address.
package struct StartFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The sentence.
    package var description: String

    /// Says what could not be done with a path or an address, and why.
    init(_ what: String, _ place: String, _ error: any Error) {
        self.description = "\(what) '\(place)': \(Self.reason(error))."
    }

    /// Does a step of the start, and says of what goes wrong what could not be done with which path.
    ///
    /// What already is a sentence of its own stays as it is.
    static func naming<Value>(_ what: String, _ path: String, _ step: () throws -> Value) throws -> Value {
        do {
            return try step()
        } catch let error as StateInUse {
            throw error
        } catch {
            throw StartFailure(what, path, error)
        }
    }

    /// The system's own words where there are some, without what Foundation wraps around them.
    private static func reason(_ error: any Error) -> String {
        let text: String
        switch error {
        case let error as POSIXError: text = Self.words(error.code.rawValue)
        case let error as CocoaError where error.underlying is POSIXError:
            text = (error.underlying as? POSIXError).map { Self.words($0.code.rawValue) } ?? ""
        default: text = "\(error)"
        }
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    private static func words(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }
}
