from given import vlaue
