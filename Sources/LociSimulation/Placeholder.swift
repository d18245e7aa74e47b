import LociCore
