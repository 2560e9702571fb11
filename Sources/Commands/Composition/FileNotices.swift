import BackupEngine
import Dispatch
import Foundation

#if canImport(Glibc)
import Glibc
#endif

/// Notices of the system that something has changed in the folders of a file, without looking again and again.
///
/// No library that we have tells of such changes, so Linux itself is asked (inotify). A file system that gives no notices, as network
/// shares do, is none to rely on: whoever listens looks now and then all the same.
enum FileNotices {
    /// Tells once at the beginning, since something may have changed before, and then of each change until the task is cancelled.
    ///
    /// - Parameters:
    ///   - paths: The files, which need not be there; where one is a link, its target's folder counts too.
    ///   - heard: Told that something may have changed; returns at once.
    @Sendable static func listen(to paths: [String], _ heard: @escaping @Sendable () -> Void) async {
        #if canImport(Glibc)
        let files = paths.map { URL(filePath: $0) }
        let folders = Set(
            (files + files.map { $0.resolvingSymlinksInPath() }).map { $0.deletingLastPathComponent().path }
        )
        let notices = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
        guard notices >= 0 else { return }
        // Editors and tools write in place or put another file in the place; Kubernetes moves a link there. What has only been
        // begun to be written is not told of.
        let kinds = UInt32(IN_CLOSE_WRITE | IN_MOVED_TO)
        for folder in folders { _ = unsafe inotify_add_watch(notices, folder, kinds) }
        let source = DispatchSource.makeReadSource(fileDescriptor: notices, queue: .global(qos: .utility))
        source.setEventHandler { @Sendable in
            var events = [UInt8](repeating: 0, count: 4096)
            while unsafe read(notices, &events, events.count) > 0 {}
            heard()
        }
        source.setCancelHandler { @Sendable in close(notices) }
        source.activate()
        heard()
        // Nobody raises it: the wait ends when the task is cancelled.
        await StopSignal().wait()
        source.cancel()
        #endif
    }
}
