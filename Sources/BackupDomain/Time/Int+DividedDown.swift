extension Int {
    /// Divides so that what is left is never negative: days and minutes before 1970 count as those after it.
    ///
    /// - Parameter divisor: What to divide by; positive.
    /// - Returns: The greatest whole number that is not greater than the quotient.
    func dividedDown(by divisor: Int) -> Int {
        let (quotient, remainder) = self.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// Divides so that the quotient is never too small.
    ///
    /// - Parameter divisor: What to divide by; positive.
    /// - Returns: The least whole number that is not less than the quotient.
    func dividedUp(by divisor: Int) -> Int {
        let (quotient, remainder) = self.quotientAndRemainder(dividingBy: divisor)
        return remainder > 0 ? quotient + 1 : quotient
    }

    /// What ``dividedDown(by:)`` leaves.
    ///
    /// - Parameter divisor: What to divide by; positive.
    /// - Returns: From 0 to the divisor less one.
    func remainder(dividingDownBy divisor: Int) -> Int {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }
}
