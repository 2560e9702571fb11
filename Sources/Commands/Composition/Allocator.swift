#if canImport(Glibc)
import Glibc
#endif

/// The allocator of this process.
enum Allocator {
    /// Gives back to the system what nobody uses.
    ///
    /// glibc by itself gives back only what is at the end of its areas, and a night's connections are all over them. Swift's module
    /// of glibc lacks the function, so it is looked up; where there is none, as in other C libraries, nothing is given back.
    static let release: @Sendable () -> Void = {
        #if canImport(Glibc)
        typealias Trim = @convention(c) (Int) -> Int32
        guard let symbol = unsafe dlsym(nil, "malloc_trim") else { return }
        let trim = unsafe unsafeBitCast(symbol, to: Trim.self)
        _ = trim(0)
        #endif
    }
}
