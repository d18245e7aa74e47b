print("loci")
