# A small program as a beginner writes it: classes, errors, a loop over commands.
class NotEnough(Exception):
    def __init__(self, missing):
        self.missing = missing
        super().__init__(f"{missing} missing")


class Account:
    interest = 0.02

    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance
        self.history = []

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self.balance += amount
        self.history.append(("deposit", amount))

    def withdraw(self, amount):
        if amount > self.balance:
            raise NotEnough(amount - self.balance)
        self.balance -= amount
        self.history.append(("withdraw", amount))

    def __str__(self):
        return f"{self.owner}: {self.balance:.2f}"


class Savings(Account):
    def add_interest(self):
        self.deposit(self.balance * self.interest)


accounts = {"ada": Savings("Ada", 100), "bob": Account("Bob")}
for command in ["ada deposit 50", "bob withdraw 10", "bob deposit -5", "bob deposit 20", "eve deposit 1", "ada withdraw 30", "ada steal 5"]:
    who, action, amount = command.split()
    try:
        getattr(accounts[who], action)(int(amount))
        print("ok:", command)
    except NotEnough as error:
        print("refused:", error, error.missing)
    except KeyError as error:
        print("unknown:", error)
    except (ValueError, AttributeError) as error:
        print("error:", type(error).__name__, error)
accounts["ada"].add_interest()
for account in accounts.values():
    print(account, account.history)
print(f"total {sum(a.balance for a in accounts.values()):,.2f}")
