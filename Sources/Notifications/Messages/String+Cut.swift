extension String {
    /// The text, no longer than a number of characters as UTF-16 counts them; what was cut off leaves an ellipsis.
    ///
    /// - Parameter limit: The most code units.
    /// - Returns: The text or its beginning.
    func cut(to limit: Int) -> String {
        guard self.utf16.count > limit else { return self }
        var rest = self
        while rest.utf16.count >= limit { rest.removeLast(max(1, (rest.utf16.count - limit) / 4)) }
        return rest + "…"
    }
}
