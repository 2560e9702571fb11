/// Where values come from, by their paths.
package struct SettingOrigins: Sendable, Hashable {
    private var places: [SettingPath: SettingOrigin] = [:]

    /// Creates an empty set: all is at its default.
    package init() {}

    /// Notes where a value comes from.
    ///
    /// - Parameters:
    ///   - origin: Where from.
    ///   - path: The value's path.
    mutating func note(_ origin: SettingOrigin, of path: SettingPath) { self.places[path] = origin }

    /// Notes where a section begins, where nothing did so before.
    ///
    /// - Parameters:
    ///   - origin: Where.
    ///   - path: The section's path.
    mutating func noteFirst(_ origin: SettingOrigin, of path: SettingPath) {
        if origin != .standard, self.places[path] == nil { self.places[path] = origin }
    }

    /// Where a value comes from.
    ///
    /// - Parameter path: The value's path; for an element of `instances` also what it inherits counts.
    /// - Returns: The place; `standard` where nothing sets it.
    package func origin(of path: SettingPath) -> SettingOrigin {
        self.places[path] ?? path.inherited.flatMap { self.places[$0] } ?? .standard
    }

    /// Whether the value is said at its own path, and not inherited.
    ///
    /// - Parameter path: The value's path.
    /// - Returns: Whether it is.
    func isOwn(_ path: SettingPath) -> Bool { self.places[path].map { $0 != .standard } ?? false }

    /// The nearest place that can be shown for a problem: the value's, or that of what it stands in.
    ///
    /// - Parameter path: The value's path.
    /// - Returns: The place.
    package func nearest(to path: SettingPath) -> SettingOrigin {
        var candidate: SettingPath? = path
        while let path = candidate {
            let origin = self.origin(of: path)
            if origin != .standard { return origin }
            candidate = path.parent
        }
        return .standard
    }
}

extension SettingPath {
    /// The same path at the top, for one below an element of `instances`; nil for others.
    var inherited: SettingPath? {
        guard self.text.hasPrefix("instances["), let end = self.text.firstIndex(of: "]") else { return nil }
        let rest = self.text[end...].dropFirst()
        return rest.hasPrefix(".") ? SettingPath(String(rest.dropFirst())) : nil
    }

    /// The path of what this one stands in; nil at the top.
    var parent: SettingPath? {
        guard !self.text.isEmpty else { return nil }
        if self.text.hasSuffix("]"), let start = self.text.lastIndex(of: "[") {
            return SettingPath(String(self.text[..<start]))
        }
        guard let dot = self.text.lastIndex(of: ".") else { return SettingPath.top }
        return SettingPath(String(self.text[..<dot]))
    }
}
