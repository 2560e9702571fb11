extension Duration {
    /// The duration in seconds, with its fraction.
    var asSeconds: Double {
        Double(self.components.seconds) + Double(self.components.attoseconds) * 1e-18
    }

    /// The whole seconds, for messages.
    var inSeconds: Int64 { self.components.seconds }
}
