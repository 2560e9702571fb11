import BackupDomain
import Foundation
import Zlib

/// The gzip format, by the system's zlib: the listed packages compress HTTP messages on their way, not bytes.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc1952>
enum Gzip {
    /// What makes zlib write and read gzip, with the largest window.
    private static let windowBits: Int32 = 15 + 16

    /// Compresses; the same bytes give the same result.
    ///
    /// - Parameter content: The bytes.
    /// - Returns: One gzip member, without a name or a time.
    /// - Throws: ``BackupDomain/BackupError`` where memory is short.
    static func compressed(_ content: Data) throws(BackupError) -> Data {
        var stream = unsafe z_stream()
        let size = Int32(unsafe MemoryLayout<z_stream>.size)
        guard
            unsafe deflateInit2_(&stream, 9, Z_DEFLATED, Self.windowBits, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
                == Z_OK
        else { throw Self.failure("compressed") }
        defer { unsafe deflateEnd(&stream) }
        var input = [UInt8](content)
        var output = [UInt8](repeating: 0, count: Int(unsafe deflateBound(&stream, UInt(input.count))))
        let status = unsafe input.withUnsafeMutableBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { output in
                unsafe stream.next_in = input.baseAddress
                unsafe stream.avail_in = UInt32(input.count)
                unsafe stream.next_out = output.baseAddress
                unsafe stream.avail_out = UInt32(output.count)
                return unsafe deflate(&stream, Z_FINISH)
            }
        }
        guard status == Z_STREAM_END else { throw Self.failure("compressed") }
        return Data(output.prefix(Int(unsafe stream.total_out)))
    }

    /// Decompresses.
    ///
    /// - Parameters:
    ///   - content: One gzip member.
    ///   - cap: The most bytes to accept.
    /// - Returns: The bytes.
    /// - Throws: ``BackupDomain/BackupError`` with code `recordUnreadable` where it is no gzip, `answerTooLarge` where it is
    ///   larger than the cap.
    static func decompressed(_ content: Data, cap: Int) throws(BackupError) -> Data {
        var stream = unsafe z_stream()
        let size = Int32(unsafe MemoryLayout<z_stream>.size)
        guard unsafe inflateInit2_(&stream, Self.windowBits, ZLIB_VERSION, size) == Z_OK else {
            throw Self.failure("decompressed")
        }
        defer { unsafe inflateEnd(&stream) }
        var input = [UInt8](content)
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        var result = Data()
        var status = Z_OK
        unsafe input.withUnsafeMutableBufferPointer { input in
            unsafe stream.next_in = input.baseAddress
            unsafe stream.avail_in = UInt32(input.count)
            while status == Z_OK, result.count <= cap {
                let written = unsafe piece.withUnsafeMutableBufferPointer { output in
                    unsafe stream.next_out = output.baseAddress
                    unsafe stream.avail_out = UInt32(output.count)
                    status = unsafe inflate(&stream, Z_NO_FLUSH)
                    return output.count - Int(unsafe stream.avail_out)
                }
                result += piece.prefix(written)
            }
        }
        guard result.count <= cap else {
            throw BackupError(.answerTooLarge, "An inventory is larger than \(cap) bytes when it is decompressed.")
        }
        guard status == Z_STREAM_END else { throw Self.failure("decompressed") }
        return result
    }

    private static func failure(_ what: String) -> BackupError {
        BackupError(.recordUnreadable, "An inventory could not be \(what): it is damaged, or memory is short.")
    }
}
